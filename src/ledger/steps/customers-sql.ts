/** Their sums, a row a segment. */
export const TOTALS = `SELECT segment, count(*) AS n, sum(revenue) AS revenue, sum(margin) AS margin, sum(clv) AS clv
FROM valued GROUP BY segment ORDER BY segment`;

/** Customers in the order in which they are printed; money exact. */
export const CUSTOMER_ROWS = `SELECT customer_id, segment, first_purchase, last_purchase, x, recency, age, revenue, margin,
  mean, p_alive, expected_margin, dert, clv, spend
FROM valued ORDER BY clv DESC, customer_id`;
