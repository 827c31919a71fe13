/** What was tried to make an avatar cheaper, with its effect on the machine and day of the attempt. */
export const TRIED = `## What was tried

CPU of an avatar's images at 1024 px, medians of 40 alternating rounds in one process on a busy machine, before and
after in the same run. The floor is decoding, the two encodings and the hashes alone; \`npm run bench:image\` repeats it.

| provider's file | before, ms | after, ms | floor, ms | before / floor | after / floor |
| --------------- | ---------- | --------- | --------- | -------------- | ------------- |
| WebP            | 215        | 160       | 142       | 1.51           | 1.13          |
| PNG             | 170        | 142       | 114       | 1.49           | 1.25          |
| JPEG            | 163        | 134       | 110       | 1.48           | 1.22          |

- **Decoded once.** The check of a provider's image and its encoding share one decoding, in one process: the image
  crosses between processes once instead of twice, and is encoded while its bytes are staged.
- **Hashes from the thumbnail's pixels** instead of all: thumbhash, perceptual hash and the search for plain surfaces.
  Of 45 drawings the perceptual hash of 40 stayed, that of 5 changed by two bits of 64; another quality changes four.
- **Eleven statements less, 25 -> 14**, from POST to delivery with empty caches. Queue position and load are one
  statement (-3); so are switches, circuits, spending and records (-3), and project defaults with the cool-down (-1).
  The reply to a new generation comes from its admission (-1). The step before a paid call reads switch and circuits
  itself (-2), and the step that stores the image tells whether the circuits have to hear of it (-1). A live page
  costs 11 to 13 more.
- **Stays alone:** the request counter, which counts before validation, and the insert, because moderation and its
  strike come between cool-down and insert.
- **Not done: WebP with effort 1 or 0** instead of 2. It saves 9 or 32 % of the encoding, for 6 or 9 % more bytes in
  the median drawing, and up to 41 or 71 % in pixel art.`;
