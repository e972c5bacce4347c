import type { ClickHouseSettings } from '@clickhouse/client';

/** What a server may do at a limit of the user: stop with an error, never go on with a part. */
const WHOLE_OR_NOTHING: ClickHouseSettings = {
  read_overflow_mode: 'throw',
  read_overflow_mode_leaf: 'throw',
  group_by_overflow_mode: 'throw',
  sort_overflow_mode: 'throw',
  result_overflow_mode: 'throw',
  distinct_overflow_mode: 'throw',
  join_overflow_mode: 'throw',
  set_overflow_mode: 'throw',
  transfer_overflow_mode: 'throw',
  timeout_overflow_mode: 'throw',
  timeout_overflow_mode_leaf: 'throw',
  limit: '0',
  offset: '0',
};

/** What makes the shared SQL mean here what it means elsewhere, whatever the profile of the user, and a missing shard an error. */
export const SETTINGS: ClickHouseSettings = {
  ...WHOLE_OR_NOTHING,
  skip_unavailable_shards: 0,
  distributed_group_by_no_merge: '0',
  prefer_column_name_to_alias: 1,
  join_use_nulls: 1,
  cast_keep_nullable: 1,
  distributed_foreground_insert: 1,
};
