"""跨省核对请求: another province is asked about a member; the case does not wait for ever."""
