import { mount } from "svelte";
import { embeddedStudy } from "./embedded.ts";
import "./page.css";
import ReportPage from "./result/report-page.svelte";

mount(ReportPage, { target: document.getElementById("app")!, props: { text: embeddedStudy() } });
