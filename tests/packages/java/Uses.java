/** Uses names that have been given up, of each of which the compiler warns, and of no other. */
final class Uses {
  static final int[] CODES = {
    iana.HttpStatus.PAYLOAD_TOO_LARGE, // deprecated
    iana.HttpStatus.CONTENT_TOO_LARGE,
    iana.HttpStatus.NOT_FOUND
  };
  static final String[] FIELDS = {
    iana.HttpField.ACCEPT,
    iana.HttpField.ACCEPT_CHARSET, // deprecated
  };
}
