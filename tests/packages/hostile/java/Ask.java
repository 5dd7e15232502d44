import hostile.Reference;
import hostile.Status;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Answers the questions of a file, line by line, as judge.py writes them: Ask questions.tsv. */
interface Ask {
  /** Returns the columns of an answer, each behind a tab. */
  String answer(String kind, String question);

  static <T> Ask of(
      Function<String, T> read,
      Object[] values,
      IntFunction<T> at,
      List<Function<T, String>> asked,
      Function<String, Object> fromName,
      Supplier<Object[]> constants,
      String type) {
    return (kind, question) -> {
      StringBuilder answer = new StringBuilder();
      switch (kind) {
        case "C":
          for (int i = 0; i < values.length; i++) {
            if (!values[i].equals(at.apply(i))) {
              throw new IllegalStateException("values and at differ");
            }
          }
          return "\t" + values.length;
        case "A":
          return show(at.apply(Integer.parseInt(question)), type);
        case "N":
          String found = show(fromName.apply(question), type);
          return found.equals("\t") ? "\t0" : "\t1" + found;
        case "K":
          for (Object part : constants.get()) {
            answer.append(show(part, type));
          }
          return answer.toString();
        default:
          for (Function<T, String> one : asked) {
            answer.append(one.apply(read.apply(question)));
          }
          return answer.toString();
      }
    };
  }

  static Long number(String text) {
    return text.startsWith("-") ? Long.parseLong(text) : Long.parseUnsignedLong(text);
  }

  static String show(Object answer) {
    return show(answer, "");
  }

  static String show(Object answer, String type) {
    if (answer instanceof Optional) {
      return ((Optional<?>) answer).map(there -> show(there, type)).orElse("\t");
    }
    if (answer instanceof OptionalInt) {
      OptionalInt number = (OptionalInt) answer;
      return number.isPresent() ? show(number.getAsInt(), type) : "\t";
    }
    if (answer instanceof OptionalLong) {
      OptionalLong number = (OptionalLong) answer;
      return number.isPresent() ? show(number.getAsLong(), type) : "\t";
    }
    if (answer instanceof List) {
      List<?> members = (List<?>) answer;
      return show(members.size()) + members.stream().map(member -> show(member, type)).collect(Collectors.joining());
    }
    String shown = answer instanceof Long && type.startsWith("u") ? Long.toUnsignedString((Long) answer) : answer.toString();
    return "\t" + shown.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r");
  }

  /** It is empty for a value that the registry cannot have. */
  static String status(Status status) {
    return status == Status.NONE ? "\t" : show(status.name().toLowerCase(Locale.ROOT));
  }

  static String cite(List<Reference> references) {
    List<Object> columns = new ArrayList<>(List.of(references.size()));
    for (Reference reference : references) {
      columns.addAll(List.of(reference.label(), reference.title(), reference.url()));
    }
    StringBuilder cited = new StringBuilder();
    columns.forEach(column -> cited.append(show(column)));
    return cited.append('\t').toString();
  }

  private static String unescape(String column) {
    StringBuilder plain = new StringBuilder();
    for (int i = 0; i < column.length(); i++) {
      char unit = column.charAt(i);
      if (unit == '\\') {
        int which = "tnr0".indexOf(column.charAt(++i));
        unit = which < 0 ? column.charAt(i) : "\t\n\r\0".charAt(which);
      }
      plain.append(unit);
    }
    return plain.toString();
  }

  static void main(String[] args) throws IOException {
    Map<String, Ask> subjects = Subjects.all();
    try (BufferedWriter out = new BufferedWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8))) {
      for (String line : Files.readString(Path.of(args[0]), StandardCharsets.UTF_8).split("\n")) {
        String[] columns = line.split("\t", -1);
        out.write(line + subjects.get(columns[0]).answer(columns[1], unescape(columns[2])) + "\n");
      }
    }
  }
}
