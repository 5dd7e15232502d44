import { ask } from "./main.mjs";
import { subjects } from "./subjects.mjs";

ask(subjects, process.argv[2] ?? "");
