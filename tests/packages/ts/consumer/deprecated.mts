// Uses a name that has been given up, which the linter should say.
import { PAYLOAD_TOO_LARGE } from "subject/http-status";

console.log(PAYLOAD_TOO_LARGE);
