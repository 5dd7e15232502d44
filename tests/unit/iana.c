/* IANA's CSV and XML of one day say the same, row for row. */
#include "read.h"
#include "../../gen/csv.h"
#include "../../gen/file.h"
#include "../../gen/xml.h"

#define SHARED "../shared/iana/"

/* What the CSV calls an element, as IANA's style sheets have it. */
struct name {
	const char *header, *element;
};

static struct iana iana;
static struct assignments table;

static uint32_t
source(const char *path)
{
	struct str text;

	assert_true(file_read(&arena, path, &text));
	return diag_source(&diag, path, text);
}

/* Whether there are files to compare. */
static bool
there(const char *xml, const char *csv)
{
	if (access(SHARED, F_OK) != 0)
		skip();
	assert_true(xml_load(&diag, &arena, source(xml), &iana));
	assert_true(csv_load(&diag, &arena, source(csv), &table));
	return true;
}

static const struct assignments *
registry(const char *id)
{
	size_t i;

	for (i = 0; i < iana.n && !streqs(iana.registries[i].id, id); i++)
		;
	assert_true(i < iana.n);
	return &iana.registries[i];
}

static const struct cell *
cell(const struct record *r, const char *column)
{
	uint32_t i;

	for (i = 0; i < r->ncells; i++)
		if (streqs(r->cells[i].column, column))
			return &r->cells[i];
	return NULL;
}

static struct str
text(const struct record *r, const char *column)
{
	const struct cell *c = cell(r, column);

	return c ? c->text : S("");
}

/* Every row is a record, in this order, and has its texts; every column of the CSV is compared. */
static void
compare(const char *id, const struct name *names, size_t n)
{
	const struct assignments *a = registry(id);
	uint32_t i, j;
	size_t k;

	assert_true(table.nrecords > 0);
	assert_int_equal(table.nrecords, a->nrecords);
	for (i = 0; i < table.nrecords; i++) {
		assert_int_equal(table.records[i].ncells, n);
		for (j = 0; j < n; j++) {
			const struct cell *c = &table.records[i].cells[j];
			struct str want;

			for (k = 0; k < n && !streqs(c->column, names[k].header); k++)
				;
			assert_true(k < n);
			want = text(&a->records[i], names[k].element);
			if (!streq(c->text, want))
				fail_msg("%s, row %u, %s: '%.*s' is not '%.*s'", id, i, names[k].header, (int)c->text.n,
					c->text.s, (int)want.n, want.s);
		}
	}
}

static void
status(void **state)
{
	static const char *const days[] = {"2015-05-19", "2018-09-21", "2022-06-08"};
	static const struct name names[] = {
		{"Value", "value"}, {"Description", "description"}, {"Reference", "xref"}};
	char xml[200], csv[200];
	size_t i;

	(void)state;
	for (i = 0; i < LEN(days); i++) {
		snprintf(xml, sizeof(xml), SHARED "http-status-codes/%s.xml", days[i]);
		snprintf(csv, sizeof(csv), SHARED "http-status-codes/%s.http-status-codes-1.csv", days[i]);
		there(xml, csv);
		compare("http-status-codes-1", names, LEN(names));
	}
}

static void
fields(void **state)
{
	static const struct name names[] = {{"Field Name", "value"}, {"Template", "file"}, {"Status", "status"},
		{"Reference", "xref"}, {"Comments", "comments"}};

	(void)state;
	there(SHARED "http-fields/2023-07-24.xml", SHARED "http-fields/2023-07-24.field-names.csv");
	compare("field-names", names, LEN(names));
}

static void
responses(void **state)
{
	static const struct name names[] = {{"Code", "value"}, {"Description", "description"}, {"Reference", "xref"}};

	(void)state;
	there(SHARED "core-parameters/2023-08-29.xml", SHARED "core-parameters/2023-08-29.response-codes.csv");
	compare("response-codes", names, LEN(names));
}

static void
suites(void **state)
{
	static const struct name names[] = {{"Value", "value"}, {"Description", "description"}, {"DTLS-OK", "dtls"},
		{"Recommended", "rec"}, {"Reference", "xref"}, {"Comment", "comment"}};

	(void)state;
	there(SHARED "tls-parameters/2026-01-05.xml", SHARED "tls-parameters/2026-01-05.tls-parameters-4.csv");
	compare("tls-parameters-4", names, LEN(names));
}

/* The record's citations of persons, or the others, as IANA's style sheet shows them. */
static struct str
cited(const struct record *r, const char *column, bool persons)
{
	const struct cell *c = cell(r, column);
	struct str parts[3] = {S(""), S(""), S("]")}, label;
	uint32_t i;

	for (i = 0; c && i < c->ncitations; i++) {
		const struct citation *x = &c->citations[i];
		bool person = x->type == CITED_PERSON;

		if (person != persons)
			continue;
		label = person || x->label.n == 0 ? x->data : x->label;
		if (!person && x->label.n == 0 && x->type == CITED_RFC)
			label = str(arena_printf(&arena, "RFC%.*s", (int)label.n - 3, label.s + 3));
		if (x->type == CITED_ERRATA)
			label = str(arena_printf(&arena, "RFC Errata %.*s", (int)label.n, label.s));
		parts[1] = str(arena_printf(&arena, "%.*s[%.*s", (int)parts[1].n, parts[1].s, (int)label.n, label.s));
		parts[1] = arena_join(&arena, parts + 1, 2);
	}
	return parts[1];
}

/* The row of a record of service-names-port-numbers in one text. */
static struct str
service(const struct record *r)
{
	struct str people = cited(r, "xref", true);
	struct str cells[] = {text(r, "name"), text(r, "number"), text(r, "protocol"), text(r, "description"),
		cell(r, "assignee") ? cited(r, "assignee", true) : people, people, r->date, r->updated,
		cited(r, "xref", false), text(r, "sc"), text(r, "unauthorized"), text(r, "note")};
	struct str parts[2 * LEN(cells)];
	size_t i;

	for (i = 0; i < LEN(cells); i++) {
		parts[2 * i] = cells[i];
		parts[2 * i + 1] = S("\n");
	}
	return arena_join(&arena, parts, LEN(parts));
}

static int
order(const void *a, const void *b)
{
	return strorder(*(const struct str *)a, *(const struct str *)b);
}

/* The CSV is half a year older: few rows have changed since. */
static void
services(void **state)
{
	const struct assignments *a;
	struct str *rows;
	uint32_t i, j, changed = 0;

	(void)state;
	there(SHARED "service-names-port-numbers/2026-08-17.xml",
		SHARED "service-names-port-numbers/2026-02-13.service-names-port-numbers.csv");
	a = registry("service-names-port-numbers");
	assert_int_equal(a->nrecords, 14533);
	assert_int_equal(table.nrecords, 14499);
	rows = arena_array(&arena, table.nrecords, sizeof(*rows));
	for (i = 0; i < table.nrecords; i++) {
		struct str parts[24];

		assert_int_equal(table.records[i].ncells, 12);
		for (j = 0; j < 12; j++) {
			parts[2 * j] = table.records[i].cells[j].text;
			parts[2 * j + 1] = S("\n");
		}
		rows[i] = arena_join(&arena, parts, 24);
	}
	qsort(rows, table.nrecords, sizeof(*rows), order);
	for (i = 0; i < a->nrecords; i++) {
		const struct record *r = &a->records[i];
		struct str row = service(r);

		if (!bsearch(&row, rows, table.nrecords, sizeof(*rows), order))
			changed++;
	}
	assert_true(changed < 100);
}

static int
finish(void **state)
{
	(void)state;
	arena_free(&arena);
	diag_free(&diag);
	buf_free(&shown);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		{"../shared/iana: status", status, NULL, NULL, NULL},
		{"../shared/iana: fields", fields, NULL, NULL, NULL},
		{"../shared/iana: responses", responses, NULL, NULL, NULL},
		{"../shared/iana: suites", suites, NULL, NULL, NULL},
		{"../shared/iana: services", services, NULL, NULL, NULL},
	};

	return cmocka_run_group_tests_name("iana", tests, NULL, finish);
}
