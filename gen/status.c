#include "util.h"
#include "decode.h"
#include "status.h"

static const struct str statuses[] = {
	[STATUS_ASSIGNED] = {"assigned", 8},
	[STATUS_PROVISIONAL] = {"provisional", 11},
	[STATUS_TEMPORARY] = {"temporary", 9},
	[STATUS_DEPRECATED] = {"deprecated", 10},
	[STATUS_OBSOLETED] = {"obsoleted", 9},
	[STATUS_RESERVED] = {"reserved", 8},
	[STATUS_UNASSIGNED] = {"unassigned", 10},
	[STATUS_PRIVATE_USE] = {"private_use", 11},
	[STATUS_EXPERIMENTAL] = {"experimental", 12},
	[STATUS_UNOFFICIAL] = {"unofficial", 10},
	[STATUS_WITHDRAWN] = {"withdrawn", 9},
};

const struct choices status_choices = {"status", statuses, LEN(statuses)};

const struct str *
status_names(size_t *n)
{
	*n = LEN(statuses);
	return statuses;
}
