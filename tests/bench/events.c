/* Read a YAML file by libyaml's events and do nothing with them: what a program that reads YAML costs at least. Prints their number. */
#include <stdio.h>
#include <yaml.h>

int
main(int argc, char **argv)
{
	yaml_parser_t parser;
	yaml_event_t event;
	unsigned long n = 0;
	FILE *f = argc == 2 ? fopen(argv[1], "rb") : NULL;
	int last;

	if (!f || !yaml_parser_initialize(&parser))
		return 2;
	yaml_parser_set_input_file(&parser, f);
	do {
		if (!yaml_parser_parse(&parser, &event))
			return 1;
		n++;
		last = event.type == YAML_STREAM_END_EVENT;
		yaml_event_delete(&event);
	} while (!last);
	yaml_parser_delete(&parser);
	fclose(f);
	printf("%lu\n", n);
	return 0;
}
