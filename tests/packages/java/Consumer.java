import iana.Http2Error;
import iana.Http2Frame;
import iana.Http2Setting;
import iana.Http3Error;
import iana.Http3Frame;
import iana.Http3Setting;
import iana.HttpAuthScheme;
import iana.HttpCacheDirective;
import iana.HttpField;
import iana.HttpMethod;
import iana.HttpStatus;
import iana.HttpStatusUnofficial;
import iana.Status;
import iana.WebsocketClose;
import java.util.Optional;
import java.util.OptionalInt;

/** What is written with the classes of every registry that is shipped compiles, and gives what it says. */
final class Consumer {
  private static String kind(int code) {
    switch (code) {
      case HttpStatus.OK:
        return "fine";
      case HttpStatus.CONTENT_TOO_LARGE:
        return "large";
      case HttpStatus.NOT_FOUND:
        return "missing";
      default:
        return HttpStatus.isServerError(code) ? "broken" : "other";
    }
  }

  private static boolean safe(String method) {
    switch (method) {
      case HttpMethod.GET:
      case HttpMethod.HEAD:
        return true;
      default:
        return false;
    }
  }

  private static void same(Object got, Object want) {
    if (!got.equals(want)) {
      throw new AssertionError(got + " is not " + want);
    }
  }

  public static void main(String[] args) {
    same(kind(200) + kind(413) + kind(404) + kind(503) + kind(-1), "finelargemissingbrokenother");
    same(HttpStatus.text(413), Optional.of("Content Too Large"));
    same(HttpStatus.text(799), Optional.empty());
    same(HttpStatus.fromName("PAYLOAD_TOO_LARGE"), OptionalInt.of(413));
    same(HttpStatus.status(512), Status.UNASSIGNED);
    same(HttpStatus.status(Integer.MIN_VALUE), Status.NONE);
    same(HttpStatus.cacheable(HttpStatus.NOT_FOUND), true);
    same(HttpStatus.references(413).get(0).toString(), "RFC 9110, Section 15.5.14");
    same(HttpStatus.references(413).get(0).url().orElse(""), "https://www.rfc-editor.org/rfc/rfc9110.html#section-15.5.14");
    same(HttpStatus.values().filter(HttpStatus::isInformational).count(), 5L);
    same(safe("GET") && safe("HEAD") && !safe("get"), true);
    same(HttpField.canonical("CONTENT-type"), Optional.of(HttpField.CONTENT_TYPE));
    same(HttpMethod.canonical("get"), Optional.empty());
    same(HttpAuthScheme.isRegistered("basic"), true);
    same(HttpCacheDirective.count() > 0 && HttpStatusUnofficial.count() > 0, true);
    same(Http2Frame.name(0) + " " + Http2Error.name(0), Http3Frame.name(0) + " " + Optional.of("NO_ERROR"));
    same(Http2Setting.count() > 0 && Http3Setting.count() > 0 && Http3Error.count() > 0, true);
    same(WebsocketClose.at(0), WebsocketClose.NORMAL_CLOSURE);
    try {
      HttpStatus.references(200).clear();
      throw new AssertionError("a list can be changed");
    } catch (UnsupportedOperationException e) {
      System.out.println("all as it should be");
    }
  }
}
