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
  itself (-2), and the step that stores the image tells whether the circuits have to hear of it (-1).
- **Three statements less, 14 -> 11.** A generation's first attempt is inserted by the statement that begins its
  purchase, unless a reference image has to be read in between (-1). The object for the staged image is registered with
  the provider's id of the job (-1). When the staged image is removed, its row stays as it is until the sweep, which
  comes in any case, since a late write may arrive (-1).
- **A live page reads three times instead of eleven.** Changes that arrive within 5 ms are read by one statement, once
  for all pages of the account (-7), and there is one change less, because the stage \`saving\` is written only when
  saving takes long (-1). Of an avatar with a page open, 25 statements and transactions became 14. Not counted is the
  session that listens: it has a transaction for each commit that notifies, four an avatar before and three now.
- **Four row updates less, 19 -> 15:** the first attempt's budget and mark are inserted (-2), the row of the removed
  staged image stays (-1), and so does the generation's while it is saved (-1). An attempt that fails costs one object's
  row and one bucket call more, as the object is registered before its image exists.
- **One row update less, 15 -> 14:** the day's spending has no sum of all providers. Their few rows are added up under
  the same lock, which was held before to change the sum.
- **Two row updates less, 14 -> 12:** image and thumbnail are registered with the id of their avatar, before it exists.
  There is no foreign key any more: triggers clear the id when the generation ends without an avatar, and when the
  avatar is deleted, and the inventory repairs what they missed.
- **Two row updates less, 12 -> 10, for two inserts more, 9 -> 11:** cost and outcome of an hour are appended, and the
  reconciler adds them to their hours twice a minute; readers add what is left. An account's avatars no longer wait for
  the row of their hour. It saves no WAL: appending and adding up take 197 bytes, the update took 164.
- **The ten updates that are left:** generation 3 (held, begun, completed), balance 2, attempt 2 (the job's id, its end),
  and one each of the provider's spending, its rate limiter and the request counter. Each is a limit that must be exact,
  or a state that others read at that moment.
- **A bucket call without the library's stream: 3.0 -> 0.6 ms** of CPU for a write, 1.2 -> 0.45 for a removal (medians of
  four rounds of 300 calls, alternating, on a busy machine). An avatar has three writes and a removal. The requests are the
  same, over connections that stay open; the library still signs, lists, reads, and obtains tokens.
- **Half of the visibility records' cost: 15.3 -> 7.7 ms** in Postgres an avatar, 75 -> 34 KB of WAL, measured as sums of
  \`pg_stat_statements\` on a busy machine. Temporal's table had 74 indexes, and an avatar writes it three times; the 29 of
  columns that no search attribute uses are dropped.
- **Visibility indexes without empty rows: 42 -> 16 KB of WAL** an avatar, and 7.3 -> 5.5 ms of the statements' time with
  16 avatars at once. Most columns of Temporal's table stay empty, and a query for a value needs no empty row, so their
  indexes leave such rows out; two that repeated others are dropped. Indexes are a fifth of what is left (3.3 ms for three
  records one after the other, 2.5 with the primary key alone); the rest is the table's generated columns.
- **Twelve promises less, 80 -> 68, and two more by returning them as they are:** a workflow's steps share one scope that no
  cancel stops. The SDK records a stack trace for each promise, which takes 0.07 ms; the workflow thread needs a tenth less.
- **Not done: two visibility records instead of three.** The second one adds \`BuildIds\` after the first workflow task, and
  is not written if the starter has named the worker's build already. The API does not know it, and after a roll-out of
  one before the other, an execution would name a build that never saw it.
- **Four indexes less, and one smaller: 22.0 -> 19.6 KB of WAL** in our statements for an avatar, and a tenth of their time
  (400 avatars one after the other, times divided by those of statements that did not change). Two of generations got an
  entry for each change of a status, and a trigram index one for every avatar; only earlier releases read them. The index
  of batches leaves out generations without one.
- **Not done: workflows without the stack traces of their promises.** The SDK records a trace for each promise, a third of
  the workflow thread's CPU (18.8 -> 13.3 ms an avatar on a busy machine, with its hook removed). There is no option for it,
  and operators would lose the call stack in the Temporal UI.
- **Not done: workflows without a watchdog.** Each call into the workflows' sandbox (\`runInContext\` above) has a time limit,
  for which Node starts and joins a thread: 0.05 ms of CPU instead of 0.004, on a busy machine, several times for each
  activation. The SDK has no option without a limit, and it ends a workflow that never returns.
- **Not done: signed URLs only when they are opened.** Two RSA signatures are a sixth of the API's CPU for an avatar, but an
  avatar's event and lists have both addresses, and browsers load the thumbnail at once.
- **Not done: one row for cost and outcome** of an hour, when the generation ends. Every end of an attempt would have to
  lock the generation's row in its stead, and attempts that were counted before would need a mark.
- **Not done: one row for a provider's spending and its rate limiter.** The sum belongs to a day and the limiter to none,
  so that a call around midnight would need both days' rows. Processes of the release before read both tables, so
  this release would write them still. Appended spending would have to be added up by each paid call.
- **Sums of the whole studio by hour.** Trends of all accounts read each hour of each account: 1.8 s among 250,000
  avatars, and more than a statement may run among 1,000,000. The reconciler adds what it adds to an account's hours to
  the studio's, too, in the same statement, so an avatar costs no row more; a use costs one insert more. Readers add what
  is left. A sum has a row for each hour and provider or app, however many accounts there are.
- **A page of a list is one statement with its total** instead of two, and planned once per connection where its
  text is always the same: planning took longer than reading. Medians among 50,000 generations, in \`SELECT 1\`s:
  notifications 3.0, projects 3.7, transfers 1.9, generations 4.2, avatars 5.3.
- **Not solved: costs of all accounts by project or app** read each hour of each account still. A project's share of
  an app depends on the period, and the costliest projects of any period are in no sum. The API refuses periods
  with over a million generations and uses.
- **An upload is hashed while it is decoded:** 1.26 -> 1.24 of sharp alone in the median, 1.39 -> 1.24 at p95, in two runs one
  after the other. The rest, 90 ms on this machine, is receiving the file, sending it to the decoder's process, and storing
  the result.
- **Stays alone:** the request counter, which counts before validation, and the insert, because moderation and its
  strike come between cool-down and insert.
- **Not done: WebP with effort 1 or 0** instead of 2. It saves 9 or 32 % of the encoding, for 6 or 9 % more bytes in
  the median drawing, and up to 41 or 71 % in pixel art.`;
