// One constant that is a string.
import { CONTENT_TYPE } from "subject/http-field";

console.log(CONTENT_TYPE);
