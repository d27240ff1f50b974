export { solve } from "./challenge.ts";
export { type AnswerStore, Client, type ClientOptions } from "./client.ts";
export type { Answer, Block, Card, Item, Operation, Page, PathOf, Request, Schemas } from "./operations.ts";
export { Portal } from "./portal.ts";
export { Problem, type ProblemEntry } from "./problem.ts";
