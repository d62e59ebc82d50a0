import { expect, test } from "@playwright/test";
import createClient from "openapi-fetch";
import type { paths } from "../src/api/http/schema";

test("a client generated from the schema signs up, publishes, lists, reads and bookmarks", async ({
  baseURL,
}) => {
  const client = createClient<paths>({ baseUrl: baseURL ?? "" });
  const unique = `${Date.now().toString(36)}${process.pid.toString(36)}`;
  const email = `${unique}@example.com`;
  const password = "밤에 만드는 부엉이 42";
  const username = `typed${unique}`.slice(0, 20);

  const registered = await client.POST("/api/v1/auth/register/", {
    body: { email, username, password },
  });
  expect(registered.response.status).toBe(201);
  const token = await client.POST("/api/v1/auth/token/", {
    body: { email, password },
    params: { header: { "X-Client": "native" } },
  });
  client.use({
    onRequest({ request }) {
      request.headers.set("Authorization", `Bearer ${token.data?.access}`);
    },
  });

  const made = await client.POST("/api/v1/projects/", {
    body: { title: "밤부엉이", content: "# 소개", skills: ["Python"] },
  });
  expect(made.response.status).toBe(201);
  const id = made.data?.id ?? 0;
  const listed = await client.GET("/api/v1/projects/", { params: { query: { author: username } } });
  expect(listed.data?.results.map((card) => card.id)).toEqual([id]);
  const path = { params: { path: { id } } };
  const marked = await client.PUT("/api/v1/projects/{id}/bookmark/", path);
  expect(marked.data).toEqual({ bookmarked: true, bookmark_count: 1 });
  const read = await client.GET("/api/v1/projects/{id}/", path);
  expect(read.data).toMatchObject({ title: "밤부엉이", skills: ["Python"], bookmarked: true });
  expect(read.data?.author.username).toBe(username);

  const refused = await client.POST("/api/v1/projects/", { body: { title: "" } });
  expect(refused.error?.errors[0]).toMatchObject({ attr: "title", code: "blank" });
});
