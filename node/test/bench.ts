/**
 * What a crossing costs: writes one JSON line with the microseconds of one `buildRequest`, the median of five rounds, for
 * messages of three sizes, and what the import costs.
 */
import type { Message, Section, TextParameter } from 'wamux';

const ROUNDS = 5;
const CALLS = 20_000;

const common = {
  to: '+79034567890',
  from: 'MyCompany',
  callback: { url: 'https://example.com/callbacks/whatsapp/devino' },
} as const;
const word = (text: string): TextParameter => ({ type: 'text', text });
const section = (number: number): Section => ({
  title: `Section ${number}`,
  rows: Array.from({ length: 5 }, (_, row) => ({
    id: `slot-${number}-${row}-000000`,
    title: `Slot ${row} of ${number}`,
    description: "between nine and eleven o'clock in the morning",
  })),
});

const MESSAGES: Record<string, Message> = {
  text: {
    ...common,
    type: 'text',
    text: { body: 'Your order 12345 is on its way. '.repeat(8) },
  },
  template: {
    ...common,
    type: 'template',
    template: {
      name: 'order_shipped_with_tracking',
      language: { code: 'en_US' },
      components: [
        { type: 'header', parameters: [word('Order 12345')] },
        {
          type: 'body',
          parameters: [
            word('Ada'),
            word("between nine and eleven o'clock in the morning"),
            {
              type: 'currency',
              currency: { fallback_value: '$100.99', code: 'USD', amount_1000: 100_990 },
            },
            {
              type: 'date_time',
              date_time: { fallback_value: 'February 25, 1977', timestamp: 1_485_470_276 },
            },
          ],
        },
        {
          type: 'button',
          sub_type: 'quick_reply',
          index: 0,
          parameters: [{ type: 'payload', payload: 'confirm-12345' }],
        },
        { type: 'button', sub_type: 'url', index: 1, parameters: [word('/track/12345')] },
      ],
    },
  },
  list: {
    ...common,
    type: 'interactive',
    interactive: {
      type: 'list',
      header: { type: 'text', text: 'Delivery' },
      body: {
        text: 'Choose one of the delivery slots below, please. We will call you an hour before.',
      },
      footer: { text: 'Thanks for your order' },
      action: { button: 'Slots', sections: [section(0), section(1)] },
    },
  },
};

async function main(): Promise<void> {
  const memory = process.memoryUsage().rss;
  const began = performance.now();
  const { buildRequest } = await import('wamux');
  const figures: Record<string, number> = { import_ms: performance.now() - began };
  for (const [name, message] of Object.entries(MESSAGES)) {
    const rounds = Array.from({ length: ROUNDS + 1 }, () => {
      const start = performance.now();
      for (let call = 0; call < CALLS; call += 1) {
        buildRequest('devino-v2', message);
      }
      return ((performance.now() - start) * 1000) / CALLS;
    });
    // The first round warms up.
    const [, ...measured] = rounds;
    figures[`${name}_us`] = measured.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? Number.NaN;
  }
  figures['memory_mb'] = (process.memoryUsage().rss - memory) / 1e6;
  console.log(JSON.stringify(figures));
}

void main();
