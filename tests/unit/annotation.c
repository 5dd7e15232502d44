#include "unit.h"
#include "../../gen/arena.h"
#include "../../gen/annotation.h"
#include "../../gen/status.h"

static struct arena a;

struct want {
	const char *from, *text;
	unsigned char status;
	const char *registered, *expires, *replacedby;
};

static void
reads(const struct want *w, size_t n)
{
	struct annotation got;
	size_t i;

	for (i = 0; i < n; i++, w++) {
		got = annotation_read(&a, str(w->from));
		if (!streqs(got.text, w->text) || got.status != w->status ||
			!streqs(got.registered, w->registered ? w->registered : "") ||
			!streqs(got.expires, w->expires ? w->expires : "") ||
			!streqs(got.replacedby, w->replacedby ? w->replacedby : ""))
			fail_msg("'%s': text '%.*s', status %d, registered '%.*s', expires '%.*s', replaced by '%.*s'", w->from,
				(int)got.text.n, got.text.s, got.status, (int)got.registered.n, got.registered.s,
				(int)got.expires.n, got.expires.s, (int)got.replacedby.n, got.replacedby.s);
	}
}

/* All of the text says that nobody has the value, or for what it is. */
static void
whole(void **state)
{
	static const struct want table[] = {
		{"Unassigned", "", STATUS_UNASSIGNED, NULL, NULL, NULL},
		{"unassigned", "", STATUS_UNASSIGNED, NULL, NULL, NULL},
		{"(unassigned)", "", STATUS_UNASSIGNED, NULL, NULL, NULL},
		{"Unallocated", "", STATUS_UNASSIGNED, NULL, NULL, NULL},
		{"Unassigned (FRP-Released 12/7/00)", "", STATUS_UNASSIGNED, NULL, NULL, NULL},
		{"Unassigned (Requires coordination; see [rfc7983])", "", STATUS_UNASSIGNED, NULL, NULL, NULL},
		{"Unassigned [was netstat]", "", STATUS_UNASSIGNED, NULL, NULL, NULL},
		{"Unassigned (deprecated)", "", STATUS_UNASSIGNED, NULL, NULL, NULL},
		{"(unassigned) Possibly assigned", "Possibly assigned", STATUS_UNASSIGNED, NULL, NULL, NULL},
		{"Removed/Unassigned", "", STATUS_UNASSIGNED, NULL, NULL, NULL},
		{"Reserved", "", STATUS_RESERVED, NULL, NULL, NULL},
		{"RESERVED", "", STATUS_RESERVED, NULL, NULL, NULL},
		{"Reserved - IANA", "", STATUS_RESERVED, NULL, NULL, NULL},
		{"IANA Reserved", "", STATUS_RESERVED, NULL, NULL, NULL},
		{"Reserved, do not use", "", STATUS_RESERVED, NULL, NULL, NULL},
		{"Reserved for backward compatibility", "", STATUS_RESERVED, NULL, NULL, NULL},
		{"Reserved to avoid conflicts with widely deployed implementations", "", STATUS_RESERVED, NULL, NULL, NULL},
		{"Reserved for Documentation", "", STATUS_RESERVED, NULL, NULL, NULL},
		{"reserved (not useful as target attribute name)", "", STATUS_RESERVED, NULL, NULL, NULL},
		{"(Unused)", "", STATUS_RESERVED, NULL, NULL, NULL},
		{"Unused", "", STATUS_RESERVED, NULL, NULL, NULL},
		{"Reserved for Private Use", "", STATUS_PRIVATE_USE, NULL, NULL, NULL},
		{"Private use", "", STATUS_PRIVATE_USE, NULL, NULL, NULL},
		{"Private Use (8 bits)", "", STATUS_PRIVATE_USE, NULL, NULL, NULL},
		{"Reserved for Experimental Use", "", STATUS_EXPERIMENTAL, NULL, NULL, NULL},
		{"Experimental use (no operational use)", "", STATUS_EXPERIMENTAL, NULL, NULL, NULL},
		{"Use for experimentation and testing", "", STATUS_EXPERIMENTAL, NULL, NULL, NULL},
		{"Removed", "", STATUS_WITHDRAWN, NULL, NULL, NULL},
		{"Deprecated", "", STATUS_DEPRECATED, NULL, NULL, NULL},
		{"Deprecated (use 5)", "", STATUS_DEPRECATED, NULL, NULL, "5"},
		{"Obsolete", "", STATUS_OBSOLETED, NULL, NULL, NULL},
		{"", "", STATUS_NONE, NULL, NULL, NULL},
		{"()", "()", STATUS_NONE, NULL, NULL, NULL},
	};

	(void)state;
	reads(table, LEN(table));
}

static void
parentheses(void **state)
{
	static const struct want table[] = {
		{"Upload Resumption Supported (TEMPORARY - registered 2024-11-13, expires 2025-11-13)",
			"Upload Resumption Supported", STATUS_TEMPORARY, "2024-11-13", "2025-11-13", NULL},
		{"Upload Resumption Supported (TEMPORARY - registered 2024-11-13, extension registered 2025-09-15, "
		 "expires 2026-11-13)",
			"Upload Resumption Supported", STATUS_TEMPORARY, "2024-11-13", "2026-11-13", NULL},
		{"X (TEMPORARY - registered 2018-05-23, publication requested 2019-01-01)", "X", STATUS_TEMPORARY,
			"2018-05-23", NULL, NULL},
		{"X (temporary)", "X", STATUS_TEMPORARY, NULL, NULL, NULL},
		{"X (TEMPORARY: expires 2015-03)", "X", STATUS_TEMPORARY, NULL, "2015-03", NULL},
		{"X (TEMPORARY - expires 2015-02-30)", "X", STATUS_TEMPORARY, NULL, NULL, NULL},
		{"X (Temporary registration, expires on 2025-01-31)", "X", STATUS_TEMPORARY, NULL, "2025-01-31", NULL},
		{"X (early allocation - expires 2025-01-31)", "X", STATUS_TEMPORARY, NULL, "2025-01-31", NULL},
		{"Not Extended (OBSOLETED)", "Not Extended", STATUS_OBSOLETED, NULL, NULL, NULL},
		{"X25519Kyber768Draft00 (OBSOLETE)", "X25519Kyber768Draft00", STATUS_OBSOLETED, NULL, NULL, NULL},
		{"a mail destination (OBSOLETE - use MX)", "a mail destination", STATUS_OBSOLETED, NULL, NULL, "MX"},
		{"ecmascript (OBSOLETED in favor of text/javascript)", "ecmascript", STATUS_OBSOLETED, NULL, NULL,
			"text/javascript"},
		{"vnd.geo+json (OBSOLETED by [RFC7946]) in favor of application/geo+json", "vnd.geo+json",
			STATUS_OBSOLETED, NULL, NULL, "application/geo+json"},
		{"x (obsoleted by RFC7946)", "x", STATUS_OBSOLETED, NULL, NULL, NULL},
		{"x (obsoleted by request)", "x", STATUS_OBSOLETED, NULL, NULL, NULL},
		{"x (obsoleted by y)", "x", STATUS_OBSOLETED, NULL, NULL, "y"},
		{"x (superseded by \"y z\".)", "x", STATUS_OBSOLETED, NULL, NULL, "y z"},
		{"x (deprecated, use y instead)", "x", STATUS_DEPRECATED, NULL, NULL, "y"},
		{"x (deprecated in favour of y; see below)", "x", STATUS_DEPRECATED, NULL, NULL, "y"},
		{"x (now deprecated)", "x", STATUS_DEPRECATED, NULL, NULL, NULL},
		{"SWIPE (deprecated)", "SWIPE", STATUS_DEPRECATED, NULL, NULL, NULL},
		{"Message Send Protocol (historic)", "Message Send Protocol", STATUS_OBSOLETED, NULL, NULL, NULL},
		{"ADVERTISER (Historic) (deprecated)", "ADVERTISER", STATUS_DEPRECATED, NULL, NULL, NULL},
		{"a (deprecated) b", "a b", STATUS_DEPRECATED, NULL, NULL, NULL},
		{"a (b) (DEPRECATED), c", "a (b), c", STATUS_DEPRECATED, NULL, NULL, NULL},
		{"(DEPRECATED) a", "a", STATUS_DEPRECATED, NULL, NULL, NULL},
		{"a mail group member (EXPERIMENTAL)", "a mail group member", STATUS_EXPERIMENTAL, NULL, NULL, NULL},
		{"a [deprecated]", "a", STATUS_DEPRECATED, NULL, NULL, NULL},
		{"a (withdrawn 2020-01)", "a", STATUS_WITHDRAWN, NULL, NULL, NULL},
	};

	(void)state;
	reads(table, LEN(table));
}

static void
dashes(void **state)
{
	static const struct want table[] = {
		{"x-emf - DEPRECATED in favor of image/emf", "x-emf", STATUS_DEPRECATED, NULL, NULL, "image/emf"},
		{"x - OBSOLETED by request", "x", STATUS_OBSOLETED, NULL, NULL, NULL},
		{"x \xe2\x80\x93 obsolete", "x", STATUS_OBSOLETED, NULL, NULL, NULL},
		{"a - b - Deprecated", "a - b", STATUS_DEPRECATED, NULL, NULL, NULL},
		{"x, deprecated", "x", STATUS_DEPRECATED, NULL, NULL, NULL},
		{"DEPRECATED: x", "x", STATUS_DEPRECATED, NULL, NULL, NULL},
		{"Obsolete - x y", "x y", STATUS_OBSOLETED, NULL, NULL, NULL},
		{"Deprecated - use y", "", STATUS_DEPRECATED, NULL, NULL, "y"},
	};

	(void)state;
	reads(table, LEN(table));
}

/* Words of names. */
static void
names(void **state)
{
	static const char *const kept[] = {"reserved_bits_error", "UNASSIGNED_NUMBER", "Temporary Redirect",
		"Temporarily Unavailable", "Obsoleted-By", "Deprecation", "Expires", "hello_request_RESERVED",
		"SUN ND PROTOCOL-Temporary", "Experimental Physics and Industrial Control System", "AppleTalk Unused",
		"RemoteWare Unassigned", "RFC3692-style Experiment 1", "any private file service", "private", "Private IP",
		"Available-Dictionary", "Withdrawn by issuer", "Removed from group", "Unallocated number",
		"Unallocated (unassigned) number", "X (Temporary Redirect)", "X (reserved bits)", "X (private key)",
		"no_certificate_RESERVED", "Early-Data", "Deprecated-Thing", "x-deprecated", "obsolete_x",
		"Reserved Bits", "Unused Capacity", "X - Temporary Failure", "X, experimental and more", "(X", "X)", "((", ")(",
		"X (deprecated", "Historic Places"};
	struct annotation got;
	size_t i;

	(void)state;
	for (i = 0; i < LEN(kept); i++) {
		got = annotation_read(&a, str(kept[i]));
		if (got.status != STATUS_NONE || !streqs(got.text, kept[i]))
			fail_msg("'%s': status %d, text '%.*s'", kept[i], got.status, (int)got.text.n, got.text.s);
	}
}

static int
finish(void **state)
{
	(void)state;
	arena_free(&a);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(whole),
		cmocka_unit_test(parentheses),
		cmocka_unit_test(dashes),
		cmocka_unit_test(names),
	};

	return cmocka_run_group_tests(tests, NULL, finish);
}
