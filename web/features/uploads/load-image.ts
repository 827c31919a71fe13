/** @throws Error when the browser can't decode the image */
export async function loadImage(url: string): Promise<HTMLImageElement> {
  const element = new Image();
  element.src = url;
  await element.decode();
  return element;
}
