// What must compile: literal types, any value where one is asked for, and what is known of those that have an entry.
import { CONTENT_TYPE, type Caseless, type KnownCaseless } from "strings/caseless";
import * as caseless from "strings/caseless";
import * as exact from "strings/exact";
import { NOT_FOUND, type HttpStatus, type KnownHttpStatus } from "subject/http-status";
import * as httpStatus from "subject/http-status";

export const literal: 404 = NOT_FOUND;
export const known: KnownHttpStatus = 404;
export const any: HttpStatus = 799;
// @ts-expect-error 799 has no entry
export const unknown: KnownHttpStatus = 799;
export const narrowed: KnownHttpStatus | undefined = httpStatus.has(any) ? any : undefined;

export const string: "CONTENT-TYPE" = CONTENT_TYPE;
export const anyString: Caseless = "x-anything";
// @ts-expect-error it is spelled another way
export const otherCase: KnownCaseless = "content-type";
export const canonical: KnownCaseless | undefined = caseless.canonical("content-type");
// @ts-expect-error a string that has an entry need not be spelled as that
export const spelled: KnownCaseless | undefined = caseless.has(anyString) ? anyString : undefined;
const method: string = "GET";
export const exactly: exact.KnownExact | undefined = exact.has(method) ? method : undefined;
export const kind: "safe" | "not */ safe" = exact.kind("GET");
export const since: string | undefined = exact.since("GET");
// @ts-expect-error a constant is one string
export const not: "get" = exact.GET;

// A variable that starts with a constant may become another string.
let variable = exact.GET;
variable = "get";
export { variable };
