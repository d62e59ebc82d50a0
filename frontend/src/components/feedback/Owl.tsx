import owl from "../../../public/owl.svg?inline";

interface Props {
  /** In pixels. */
  size: number;
}

/** The owl, part of the script: it is there also when the server is not. */
export function Owl({ size }: Props) {
  return <img src={owl} alt="" width={size} height={size} />;
}
