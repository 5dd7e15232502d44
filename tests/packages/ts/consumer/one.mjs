// One constant, which should be all that a bundler keeps.
import { NOT_FOUND } from "subject/http-status";

console.log(NOT_FOUND);
