import "./worker-main.ts";
