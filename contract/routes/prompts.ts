import { createGeneration } from '../generation.ts';
import {
  enhancedPrompt,
  enhancePrompt,
  previewQuery,
  promptPreview,
  promptSuggestions,
  suggestPrompts,
} from '../prompt.ts';
import type { Route } from '../route.ts';

/** Preview, enhance and complete prompts. These routes are free and change nothing. */
export const promptsRoutes = {
  previewPrompt: {
    method: 'post',
    path: '/prompts/preview',
    tag: 'Prompts',
    summary: 'Preview the final prompt, its price and the provider plan',
    access: 'avatars:read',
    query: previewQuery,
    body: createGeneration,
    replies: { 200: promptPreview },
    problems: ['not_found', 'conflict', 'prompt_not_allowed'],
  },
  suggestPrompts: {
    method: 'post',
    path: '/prompts/suggest',
    tag: 'Prompts',
    summary: 'Suggest completions from the caller’s avatars, the presets and a lexicon',
    access: 'avatars:read',
    body: suggestPrompts,
    replies: { 200: promptSuggestions },
  },
  enhancePrompt: {
    method: 'post',
    path: '/prompts/enhance',
    tag: 'Prompts',
    summary: 'Enhance a prompt for a portrait, and explain each addition',
    access: 'avatars:read',
    body: enhancePrompt,
    replies: { 200: enhancedPrompt },
    problems: ['prompt_not_allowed'],
  },
} as const satisfies Record<string, Route>;
