/** The part of the untyped package that we use. */
declare module 'punycode.js' {
  const punycode: {
    /** RFC 3492 §6.3, without the `xn--` prefix. */
    encode(label: string): string;
  };
  export default punycode;
}
