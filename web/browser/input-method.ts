/** The key code of a key press that an input method takes. Safari and some input methods send it after the composition has ended. */
const TAKEN_BY_INPUT_METHOD = 229;

/**
 * Hides key presses that belong to an input method (Japanese, Chinese, Korean …) from every key handler of the page, those of
 * libraries included: an Enter that ends a conversion is no Enter of the page. What the browser does with the key stays.
 */
export function hideInputMethodKeys(): void {
  window.addEventListener(
    'keydown',
    (event) => {
      if (event.isComposing || event.keyCode === TAKEN_BY_INPUT_METHOD) event.stopImmediatePropagation();
    },
    { capture: true },
  );
}
