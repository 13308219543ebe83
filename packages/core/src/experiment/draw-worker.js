import "./draw-worker-main.ts";
