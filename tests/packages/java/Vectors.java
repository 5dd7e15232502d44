import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.BaseStream;
import java.util.stream.Collectors;

/**
 * Vectors FILE PACKAGE: compares what each class of a package answers with the lines of a file, which has every fact of the
 * registries. What a class has is found by its name, as a reader of the registry would work it out.
 */
final class Vectors {
  private static final BigInteger LONG_MAX = BigInteger.valueOf(Long.MAX_VALUE);

  private static int checks;
  private static int failures;

  private final String id;
  private final Map<String, List<String[]>> lines;
  private final Class<?> type;
  private final Class<?> value;
  private final boolean caseless;
  private final boolean unsigned;
  private final Map<String, String[]> entries = new LinkedHashMap<>();

  private Vectors(String id, Map<String, List<String[]>> lines, Class<?> type) throws ReflectiveOperationException {
    this.id = id;
    this.lines = lines;
    this.type = type;
    value = type.getMethod("at", int.class).getReturnType();
    caseless = lines("strings").stream().anyMatch(line -> line[0].equals("caseless"));
    unsigned = lines("valid").stream().anyMatch(line -> new BigInteger(line[1]).compareTo(LONG_MAX) > 0);
    for (String[] line : lines("entry")) {
      entries.put(key(line[0]), line);
    }
  }

  private List<String[]> lines(String kind) {
    return lines.getOrDefault(kind, List.of());
  }

  /** Those lines of a kind that are about a value, less the value. */
  private List<List<String>> linesOf(String kind, String asked) {
    return lines(kind).stream()
        .filter(line -> key(line[0]).equals(key(asked)))
        .map(line -> Arrays.asList(line).subList(1, line.length))
        .collect(Collectors.toList());
  }

  private String key(String spelled) {
    StringBuilder folded = new StringBuilder(spelled);
    for (int i = 0; caseless && i < folded.length(); i++) {
      char unit = folded.charAt(i);
      if (unit >= 'A' && unit <= 'Z') {
        folded.setCharAt(i, (char) (unit + 32));
      }
    }
    return folded.toString();
  }

  private void same(String what, Object got, Object want) {
    checks++;
    if (!String.valueOf(got).equals(String.valueOf(want))) {
      failures++;
      if (failures <= 20) {
        System.out.println(id + " " + what + ": got " + got + ", want " + want);
      }
    }
  }

  /** The argument for a value that is written so; empty if no variable of the type holds it. */
  private Optional<Object> argument(String written) {
    if (value == String.class) {
      return Optional.of(written);
    }
    BigInteger number = new BigInteger(written);
    if (value == int.class) {
      return number.bitLength() < 32 ? Optional.of(number.intValue()) : Optional.empty();
    }
    return number.bitLength() < 64 || unsigned && number.signum() > 0 && number.bitLength() == 64
        ? Optional.of(number.longValue())
        : Optional.empty();
  }

  private String show(Object answer, boolean asUnsigned) {
    if (answer instanceof Optional) {
      return ((Optional<?>) answer).map(there -> show(there, asUnsigned)).orElse("-");
    }
    if (answer instanceof OptionalInt) {
      OptionalInt number = (OptionalInt) answer;
      return number.isPresent() ? Integer.toString(number.getAsInt()) : "-";
    }
    if (answer instanceof OptionalLong) {
      OptionalLong number = (OptionalLong) answer;
      return number.isPresent() ? show(number.getAsLong(), asUnsigned) : "-";
    }
    if (answer instanceof List) {
      List<?> members = (List<?>) answer;
      return members.size() + members.stream().map(member -> "\t" + show(member, asUnsigned)).collect(Collectors.joining());
    }
    if (answer instanceof Long && asUnsigned) {
      return Long.toUnsignedString((Long) answer);
    }
    return String.valueOf(answer);
  }

  private Object call(String method, Class<?> parameter, Object argument) throws ReflectiveOperationException {
    return type.getMethod(method, parameter).invoke(null, argument);
  }

  private String ask(String method, Object argument) throws ReflectiveOperationException {
    return show(call(method, value, argument), unsigned);
  }

  private static String pascal(String words) {
    return Arrays.stream(words.split("_"))
        .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
        .collect(Collectors.joining());
  }

  /** A method that a range or a field has; a word that Java or the class has has a line behind it. */
  private String method(String words, String prefix) {
    String name = prefix + pascal(words);
    name = prefix.isEmpty() ? name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1) : name;
    for (Method method : type.getDeclaredMethods()) {
      if (method.getName().equals(name + "_") && Modifier.isPublic(method.getModifiers())) {
        return name + "_";
      }
    }
    return name;
  }

  private static String constant(String words) {
    String name = words.toUpperCase(Locale.ROOT);
    return Character.isDigit(name.charAt(0)) ? "N" + name : name;
  }

  private static boolean isWithin(String asked, String first, String last) {
    BigInteger number = new BigInteger(asked);
    return number.compareTo(new BigInteger(first)) >= 0 && number.compareTo(new BigInteger(last)) <= 0;
  }

  private String unregistered(String asked) {
    if (value == String.class) {
      return "unassigned";
    }
    for (String[] span : lines("span")) {
      if (isWithin(asked, span[0], span[1])) {
        return span[2];
      }
    }
    String[] valid = lines("valid").get(0);
    return isWithin(asked, valid[0], valid[1]) ? "unassigned" : "none";
  }

  private List<List<String>> references(Object answer) throws ReflectiveOperationException {
    List<List<String>> all = new ArrayList<>();
    for (Object reference : (List<?>) answer) {
      Class<?> shape = reference.getClass();
      all.add(List.of(
          show(shape.getMethod("label").invoke(reference), false), show(shape.getMethod("url").invoke(reference), false)));
    }
    return all;
  }

  private void compare(String asked) throws ReflectiveOperationException {
    Object argument = argument(asked).orElse(null);
    if (argument == null) {
      return;
    }
    String[] entry = entries.get(key(asked));
    String what = "'" + (asked.length() > 60 ? asked.substring(0, 60) : asked) + "' ";
    same(what + "isRegistered", ask("isRegistered", argument), entry != null);
    if (value == String.class) {
      same(what + "canonical", ask("canonical", argument), entry == null ? "-" : entry[0]);
    }
    same(what + "name", ask("name", argument), entry == null || entry[1].equals("-") ? "-" : constant(entry[1]));
    same(what + "text", ask("text", argument), entry == null ? "-" : entry[2]);
    same(what + "status", ask("status", argument).toLowerCase(Locale.ROOT), entry == null ? unregistered(asked) : entry[3]);
    same(what + "isDeprecated", ask("isDeprecated", argument), entry == null ? "false" : entry[4]);
    List<List<String>> descriptions = linesOf("description", asked);
    same(what + "description", ask("description", argument), descriptions.isEmpty() ? "-" : descriptions.get(0).get(0));
    same(what + "references", references(call("references", value, argument)), linesOf("reference", asked));
    same(what + "formerReferences", references(call("formerReferences", value, argument)), linesOf("former_reference", asked));
    for (String[] predicate : lines("predicate")) {
      same(what + predicate[0], ask(method(predicate[0], "is"), argument), isWithin(asked, predicate[1], predicate[2]));
    }
    for (String[] field : lines("default")) {
      String want = linesOf("field", asked).stream()
          .filter(line -> line.get(0).equals(field[0]))
          .map(line -> line.get(1))
          .findFirst()
          .orElse(field[2]);
      Object got = call(method(field[0], ""), value, argument);
      same(what + field[0], show(got, field[1].endsWith("u64")), want);
    }
  }

  /** Whether a name leads to its value, and is what the constant is called. */
  private void compareName(String words, String written, Optional<String> deprecated) throws ReflectiveOperationException {
    String name = constant(words);
    same(name, show(call("fromName", String.class, name), unsigned), written);
    same("a fresh " + name, show(call("fromName", String.class, ("<" + name).substring(1)), unsigned), written);
    Field field = type.getField(name);
    same("the constant " + name, show(field.get(null), unsigned), written);
    same(name + " is a constant of the type", field.getType(), value);
    if (deprecated.isPresent()) {
      same(name + " is deprecated", field.isAnnotationPresent(Deprecated.class), deprecated.get());
    }
  }

  private Set<String> numbers() {
    Set<BigInteger> all = new LinkedHashSet<>();
    for (long n = -300; n <= 1000; n++) {
      all.add(BigInteger.valueOf(n));
    }
    List<String> ends = new ArrayList<>(entries.keySet());
    for (String kind : List.of("span", "valid")) {
      lines(kind).forEach(line -> ends.addAll(List.of(line[0], line[1])));
    }
    lines("predicate").forEach(line -> ends.addAll(List.of(line[1], line[2])));
    for (int bits : new int[] {8, 15, 16, 31, 32, 63}) {
      ends.add(BigInteger.ONE.shiftLeft(bits).toString());
      ends.add(BigInteger.ONE.shiftLeft(bits).negate().toString());
    }
    for (String end : ends) {
      for (int near = -1; near <= 1; near++) {
        all.add(new BigInteger(end).add(BigInteger.valueOf(near)));
      }
    }
    // As unsigned, no number is below nought.
    return all.stream().filter(n -> !unsigned || n.signum() >= 0).map(BigInteger::toString)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private static String flip(String text) {
    return text.chars()
        .map(unit -> unit >= 'a' && unit <= 'z' || unit >= 'A' && unit <= 'Z' ? unit ^ 32 : unit)
        .collect(StringBuilder::new, (built, unit) -> built.append((char) unit), StringBuilder::append)
        .toString();
  }

  private Set<String> strings() {
    Set<String> all = new LinkedHashSet<>(List.of("", "\0", " ", "\ud800", "\u212a", "k", "\u017f", "x".repeat(100000)));
    for (String[] line : lines("entry")) {
      String it = line[0];
      all.addAll(List.of(it, flip(it), it.toLowerCase(Locale.ROOT), it.toUpperCase(Locale.ROOT), it.substring(1),
          it.substring(0, it.length() - 1), it + "-", it + "\0", " " + it, it + "\udc00", it + it,
          it.replace('k', '\u212a').replace('K', '\u212a'), it.replace('s', '\u017f')));
      for (int i = 0; i < it.length(); i++) {
        for (int bit : new int[] {1, 32, 128, 256}) {
          all.add(it.substring(0, i) + (char) (it.charAt(i) ^ bit) + it.substring(i + 1));
        }
      }
    }
    return all;
  }

  /** Whether the method throws what a list would. */
  private boolean throwsAt(int index) throws ReflectiveOperationException {
    try {
      call("at", int.class, index);
      return false;
    } catch (InvocationTargetException thrown) {
      return thrown.getCause() instanceof IndexOutOfBoundsException;
    }
  }

  private void compareAll() throws ReflectiveOperationException {
    List<String> wanted = lines("entry").stream().map(line -> line[0]).collect(Collectors.toList());
    same("count", type.getMethod("count").invoke(null), wanted.size());
    List<String> values = new ArrayList<>();
    ((BaseStream<?, ?>) type.getMethod("values").invoke(null)).iterator().forEachRemaining(it -> values.add(show(it, unsigned)));
    same("values", values, wanted);
    for (int i = 0; i < wanted.size(); i++) {
      same("at " + i, show(call("at", int.class, i), unsigned), wanted.get(i));
    }
    same("at -1", throwsAt(-1), true);
    same("at the count", throwsAt(wanted.size()), true);
    for (String asked : value == String.class ? strings() : numbers()) {
      compare(asked);
    }
    for (String[] line : lines("entry")) {
      if (!line[1].equals("-")) {
        compareName(line[1], line[0], Optional.of(line[4]));
      }
    }
    for (String[] line : lines("alias")) {
      compareName(line[1], line[0], Optional.empty());
    }
    for (String none : List.of("", "-", "NO_SUCH_NAME", "class", "x", "\0", "\ud83d\ude00", "X".repeat(100000))) {
      same(none + " as a name", show(call("fromName", String.class, none), unsigned), "-");
    }
  }

  private static String unescape(String column) {
    StringBuilder plain = new StringBuilder();
    for (int i = 0; i < column.length(); i++) {
      char unit = column.charAt(i);
      if (unit == '\\') {
        int which = "tnr".indexOf(column.charAt(++i));
        unit = which < 0 ? column.charAt(i) : "\t\n\r".charAt(which);
      }
      plain.append(unit);
    }
    return plain.toString();
  }

  private static Class<?> classOf(String name, String id) throws ClassNotFoundException {
    String simple = pascal(id);
    try {
      return Class.forName(name + "." + simple);
    } catch (ClassNotFoundException e) {
      return Class.forName(name + "." + simple + "_");
    }
  }

  public static void main(String[] args) throws Exception {
    Map<String, Map<String, List<String[]>>> registries = new LinkedHashMap<>();
    for (String line : Files.readString(Path.of(args[0]), StandardCharsets.UTF_8).split("\n")) {
      if (line.startsWith("#")) {
        continue;
      }
      String[] columns = Arrays.stream(line.split("\t", -1)).map(Vectors::unescape).toArray(String[]::new);
      registries.computeIfAbsent(columns[1], id -> new LinkedHashMap<>())
          .computeIfAbsent(columns[0].replaceFirst("^s_", ""), kind -> new ArrayList<>())
          .add(Arrays.copyOfRange(columns, 2, columns.length));
    }
    for (Map.Entry<String, Map<String, List<String[]>>> registry : registries.entrySet()) {
      new Vectors(registry.getKey(), registry.getValue(), classOf(args[1], registry.getKey())).compareAll();
    }
    System.out.println(checks + " checks, " + failures + " failures");
    System.exit(failures > 0 || checks == 0 ? 1 : 0);
  }
}
