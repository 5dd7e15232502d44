import full.AllString;
import full.AllU16;
import full.AllU64;
import full.Status;
import java.lang.reflect.Field;

/** Every entry of the registries of full.py is found, by value and by name; every 251st is looked for among the constants. */
final class Full {
  private static void check(boolean right, int i) {
    if (!right) {
      throw new AssertionError("entry " + i);
    }
  }

  private static Object constant(Class<?> type, int i) throws ReflectiveOperationException {
    Field field = type.getField("ENTRY_" + i);
    // A class that is not public has declared it, for reflection; the language lets everybody read it.
    field.setAccessible(true);
    return field.get(null);
  }

  public static void main(String[] args) throws ReflectiveOperationException {
    check(AllU16.ENTRY_65535 == 65535 && AllU64.ENTRY_65535 == -1L && AllString.ENTRY_0.equals("value-0"), -1);
    for (int i = 0; i < 65536; i++) {
      long wide = i * 281479271743489L;
      String word = "value-" + i;
      String name = "ENTRY_" + i;
      check(AllU16.at(i) == i && AllU64.at(i) == wide && AllString.isRegistered(word), i);
      check(AllU16.fromName(name).orElse(-1) == i && AllU64.fromName(name).orElse(-2) == wide, i);
      check(AllString.fromName(name).orElse("").equals(word), i);
      check(AllU16.name(i).orElse("").equals(name) && AllU64.name(wide).orElse("").equals(name), i);
      check(AllString.name(word).orElse("").equals(name) && AllString.text(word).orElse("").equals("The text " + i), i);
      check(AllU16.text(i).equals(AllString.text(word)) && AllU64.text(wide).equals(AllString.text(word)), i);
      check(AllU16.status(i) == Status.ASSIGNED && AllU16.least(i).orElse(-1) == i % 256, i);
      check(AllU64.third(wide) == (i % 3 == 0) && AllU64.minus(wide) == -i, i);
      check(AllString.words(word).orElse("").equals("words " + i % 1000), i);
      check(AllU64.references(wide).get(0).label().equals("RFC " + (i % 9000 + 1)), i);
      // Each takes reflection a search of all.
      if (i % 251 == 0) {
        check(constant(AllU16.class, i).equals(i) && constant(AllString.class, i).equals(word), i);
      }
    }
    System.out.println("65,536 of each");
  }
}
