// Uses names that have been given up, each of which the linter should say.
import { ACCEPT_CHARSET } from "strings/caseless";
import { OLD_SEARCH } from "strings/exact";
import { PAYLOAD_TOO_LARGE } from "subject/http-status";

console.log(PAYLOAD_TOO_LARGE);
console.log(ACCEPT_CHARSET);
console.log(OLD_SEARCH);
