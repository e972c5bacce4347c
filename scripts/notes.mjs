/** What people write into the note of an order: mostly nothing, and everything a careless reader of CSV stumbles over. */
const NOTES = [
  'gift',
  'express',
  'regular, every month',
  'leave it with the neighbour, please',
  'grind "fine", not too fine',
  'a "double" for the office',
  'Café Müller, 2nd floor',
  'Ring twice.\nThe bell is broken.',
  'Invoice to:\nHill & Sons, Ltd.\n12 Long Lane',
  'as last time:\n000999,2024-02-30,1000.00,North,beans,\nthank you',
];

export function noteOf(random) {
  return random.uniform() < 0.07 ? random.pick(NOTES) : '';
}
