// Nothing used, so that a bundler should keep nothing.
import * as httpStatus from "subject/http-status";
