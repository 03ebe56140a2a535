/// A task of a user, to which opportunities can be linked.
enum UserTask {}
