import { expect, it } from 'vitest';
import { loadQuestions } from '../../src/config/questions.js';

it('asks each question once, for a word or for a number', () => {
  const questions = loadQuestions();
  expect(questions.length).toBeGreaterThan(25);
  expect(new Set(questions.map(({ id }) => id)).size).toBe(questions.length);
  for (const { choices, unit } of questions) expect(choices.length > 0).toBe(unit === null);
});

it('keeps the order of the words, worst first', () => {
  const roadmap = loadQuestions().find(({ id }) => id === 'roadmap');
  expect(roadmap?.choices.map(({ word }) => word)).toEqual(['none', 'undated', 'dated']);
});
