/* registries.h - the registries of registry.yaml, as the consumer knows them. */
#define IANA_NO_DEPRECATED
#include <iana/http_status.h>
#include <iana/http_status_unofficial.h>
#include "adaptor.h"

typedef int http_status_type;
typedef int http_status_unofficial_type;
enum { http_status_issigned = 0, http_status_unofficial_issigned = 0 };

PREDICATES(http_status)
	PREDICATE(iana, http_status, informational)
	PREDICATE(iana, http_status, success)
	PREDICATE(iana, http_status, redirection)
	PREDICATE(iana, http_status, client_error)
	PREDICATE(iana, http_status, server_error)
	return -1;
}
FIELDS(http_status)
	FIELD_BOOL(iana, http_status, cacheable)
	FIELD_BOOL(iana, http_status, content)
	return 0;
}
ADAPTOR(iana, http_status)

NO_PREDICATES(http_status_unofficial)
FIELDS(http_status_unofficial)
	FIELD_STRING(iana, http_status_unofficial, origin)
	return 0;
}
ADAPTOR(iana, http_status_unofficial)

static const struct adaptor adaptors[] = {
	LINE(http_status, IANA_HTTP_STATUS_COUNT),
	LINE(http_status_unofficial, IANA_HTTP_STATUS_UNOFFICIAL_COUNT),
};
