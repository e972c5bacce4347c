/** Of a 95 % interval of a normal distribution. */
export const NORMAL_95 = 1.959963984540054;
