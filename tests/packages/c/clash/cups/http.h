/* http.h - names as CUPS's header has them. */
typedef enum http_status_e {
	HTTP_STATUS_ERROR = -1,
	HTTP_STATUS_NONE = 0,
	HTTP_STATUS_CONTINUE = 100,
	HTTP_STATUS_SWITCHING_PROTOCOLS,
	HTTP_STATUS_OK = 200,
	HTTP_STATUS_CREATED,
	HTTP_STATUS_NOT_FOUND = 404
} http_status_t;
const char *httpStatus(http_status_t status);
#define HTTP_CONTINUE HTTP_STATUS_CONTINUE
#define HTTP_OK HTTP_STATUS_OK
