import iana.HttpStatus;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntToLongFunction;

/** Nanoseconds of lookups: texts by any code from 0 to 1023, names that are other strings than the constants. */
final class Bench {
  private static final int N = 1 << 10;

  private static void measure(String what, IntToLongFunction lookup) {
    double best = Double.MAX_VALUE;
    long sum = 0;
    for (int round = 0; round < 25; round++) {
      long start = System.nanoTime();
      for (int turn = 0; turn < 500; turn++) {
        for (int i = 0; i < N; i++) {
          sum += lookup.applyAsLong(i);
        }
      }
      best = Math.min(best, (System.nanoTime() - start) / 500.0 / N);
    }
    System.out.printf("%-24s %5.1f ns (%d)%n", what, best, sum & 1);
  }

  public static void main(String[] args) {
    Map<Integer, String> texts = new HashMap<>();
    Map<String, Integer> codes = new HashMap<>();
    HttpStatus.values().forEach(code -> HttpStatus.text(code).ifPresent(text -> texts.put(code, text)));
    HttpStatus.values().forEach(code -> HttpStatus.name(code).ifPresent(name -> codes.put(name, code)));
    String[] known = codes.keySet().toArray(new String[0]);
    String[] cached = new String[N];
    char[][] fresh = new char[N][];
    for (int i = 0; i < N; i++) {
      cached[i] = (known[i * 7 % known.length] + "x").substring(0, known[i * 7 % known.length].length());
      fresh[i] = cached[i].toCharArray();
    }
    measure("text", i -> HttpStatus.text(i).isPresent() ? 1 : 0);
    measure("text, HashMap", i -> texts.get(i) != null ? 1 : 0);
    measure("text, switch", i -> Rivals.text(i) != null ? 1 : 0);
    measure("fromName", i -> HttpStatus.fromName(cached[i]).orElse(0));
    measure("fromName, HashMap", i -> codes.get(cached[i]));
    measure("fromName, switch", i -> Rivals.code(cached[i]));
    // Strings whose hash Java has not kept, as those that have just been read.
    measure("fromName, fresh", i -> HttpStatus.fromName(new String(fresh[i])).orElse(0));
    measure("fromName, fresh, HashMap", i -> codes.get(new String(fresh[i])));
    measure("fromName, fresh, switch", i -> Rivals.code(new String(fresh[i])));
  }
}
