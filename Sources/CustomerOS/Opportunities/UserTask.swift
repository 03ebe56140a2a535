/// A user's task, to which opportunities can be linked.
enum UserTask {}
