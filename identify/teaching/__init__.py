"""Teaching in the site: people's labels -> pictures -> lessons -> a version that serves.

begin (a row) -> [commit, the queue of lessons] -> learn: claim -> gather (labels, crops; once) -> teach
(a round at a time: kept on the row, wishes heeded) -> judge (coins kept aside) -> a ModelVersion

What teaches is `identify.ml.teaching`, which knows no Django and nothing of where its pictures are from."""
