import { Paper, Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { PageTitle } from "@/components/page/PageTitle";

interface Props {
  title: string;
  text?: string;
  width?: number;
  children: ReactNode;
}

/** A quiet page with one form. */
export function FormPage({ title, text, width = 430, children }: Props) {
  return (
    <Stack align="center" pt={{ base: 8, sm: 32 }}>
      <PageTitle>{title}</PageTitle>
      <Paper
        withBorder
        radius="lg"
        p={{ base: 20, sm: 32 }}
        w="100%"
        maw={width}
        bg="var(--sp-surface)"
      >
        <Title order={1} size="h2" mb={text ? 4 : 20}>
          {title}
        </Title>
        {text && (
          <Text c="dimmed" size="sm" mb={20}>
            {text}
          </Text>
        )}
        {children}
      </Paper>
    </Stack>
  );
}
