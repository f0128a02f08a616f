"""The MIS dashboard: workload, deadlines, error rates and backlog of a back office."""
