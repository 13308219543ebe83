import { mount } from "svelte";
import { embeddedStudy } from "./embedded.ts";
import "./page.css";
import "./print.css";
import { loadPlots } from "./parts/figure-drawing.ts";
import ReportPage from "./result/report-page.svelte";

void loadPlots();
mount(ReportPage, { target: document.getElementById("app")!, props: { text: embeddedStudy() } });
