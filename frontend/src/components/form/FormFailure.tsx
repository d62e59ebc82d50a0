import { Alert } from "@mantine/core";

/** What went wrong with a whole form; announced when it appears. */
export function FormFailure({ text }: { text: string | null }) {
  return (
    <div role="alert">
      {text && (
        <Alert color="red" variant="light" py="xs">
          {text}
        </Alert>
      )}
    </div>
  );
}
