/* The lower bound: an epoll server that answers a request with the very statements that the server sends for it, prepared, in one
   round trip, and copies the values that come back into the response. It knows no GraphQL, no keys and no JSON.
   floor PORT CONNINFO STATEMENTS: a file with a line for each statement, "number of the operation<TAB>sql<TAB>parameter<TAB>…", where
   "\N" is null, and @uuid1, @uuid2 and @code within a parameter are made anew for each request. The path of a request names its operation. An
   operation without statements is answered by a fixed text. */
#define _GNU_SOURCE
#include <libpq-fe.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

enum { connections = 8, operations = 16, steps = 24, parameters = 48 };

struct client {
    int descriptor, operation, pending, closed;
    size_t count;
    struct client *next;
    char input[16384];
};

struct database {
    PGconn *connection;
    struct client *client;
    char *body;
    size_t count, capacity;
};

struct statement {
    char *sql;
    int count, varies[parameters];
    const char *values[parameters];
};

static struct database databases[connections];
static struct { int count; struct statement statements[steps]; } plans[operations];
static int poller;
static struct client *first_waiting, *last_waiting;

static void fail(const char *what) {
    perror(what);
    exit(1);
}

static void reply(struct client *client, const char *body, size_t count) {
    char head[160];
    int length = snprintf(head, sizeof head, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %zu\r\n\r\n", count);
    struct iovec parts[2] = {{head, length}, {(void *)body, count}};
    struct msghdr message = {.msg_iov = parts, .msg_iovlen = 2};
    sendmsg(client->descriptor, &message, MSG_NOSIGNAL);
    client->count = 0;
    client->pending = 0;
    if (client->closed) free(client);
}

static void make_uuid(char *text, size_t size) {
    long first = random(), second = random(), third = random();
    snprintf(text, size, "%08lx-%04lx-7%03lx-8%03lx-%08lx%04lx", first & 0xffffffff, second & 0xffff, second >> 16 & 0xfff, third & 0xfff,
             random() & 0xffffffffL, third >> 12 & 0xffff);
}

/* The parameter with what varies put in. */
static const char *filled(const char *value, char made[3][40], char *space, size_t size) {
    const char *at = strchr(value, '@');
    int kind = strncmp(at, "@code", 5) == 0 ? 2 : at[5] - '1';
    snprintf(space, size, "%.*s%s%s", (int)(at - value), value, made[kind], at + (kind == 2 ? 5 : 6));
    return space;
}

static void start(struct database *database, struct client *client) {
    char made[3][40], space[8][512];
    make_uuid(made[0], sizeof made[0]);
    make_uuid(made[1], sizeof made[1]);
    snprintf(made[2], sizeof made[2], "C-%.18s", made[0]);
    database->client = client;
    database->count = 0;
    int used = 0;
    for (int step = 0; step < plans[client->operation].count; step++) {
        struct statement *statement = &plans[client->operation].statements[step];
        const char *values[parameters];
        char name[24];
        for (int index = 0; index < statement->count; index++)
            values[index] = statement->varies[index]
                ? filled(statement->values[index], made, space[used++ % 8], sizeof space[0]) : statement->values[index];
        snprintf(name, sizeof name, "s%d_%d", client->operation, step);
        if (!PQsendQueryPrepared(database->connection, name, statement->count, values, NULL, NULL, 0))
            fail(PQerrorMessage(database->connection));
    }
    if (!PQpipelineSync(database->connection)) fail(PQerrorMessage(database->connection));
    PQflush(database->connection);
}

static void dispatch(struct client *client) {
    client->pending = 1;
    for (int index = 0; index < connections; index++)
        if (!databases[index].client) return start(&databases[index], client);
    client->next = NULL;
    if (last_waiting) last_waiting->next = client; else first_waiting = client;
    last_waiting = client;
}

static void append(struct database *database, const char *bytes, size_t count) {
    if (database->count + count + 1 > database->capacity) {
        database->capacity = (database->count + count) * 2 + 4096;
        database->body = realloc(database->body, database->capacity);
    }
    memcpy(database->body + database->count, bytes, count);
    database->count += count;
    database->body[database->count++] = ',';
}

static void on_database(struct database *database) {
    if (!PQconsumeInput(database->connection)) fail("database");
    while (database->client && !PQisBusy(database->connection)) {
        PGresult *result = PQgetResult(database->connection);
        /* Between the results of two statements. */
        if (!result) continue;
        switch (PQresultStatus(result)) {
        case PGRES_PIPELINE_SYNC: {
            struct client *client = database->client;
            reply(client, database->body ? database->body : "", database->count);
            database->client = NULL;
            if (first_waiting) {
                client = first_waiting;
                first_waiting = client->next;
                if (!first_waiting) last_waiting = NULL;
                start(database, client);
            }
            break;
        }
        case PGRES_TUPLES_OK:
            for (int row = 0; row < PQntuples(result); row++)
                for (int column = 0; column < PQnfields(result); column++)
                    append(database, PQgetvalue(result, row, column), PQgetlength(result, row, column));
            break;
        case PGRES_COMMAND_OK: break;
        default: fail(PQresultErrorMessage(result));
        }
        PQclear(result);
    }
}

static void on_client(struct client *client) {
    ssize_t count = read(client->descriptor, client->input + client->count, sizeof client->input - 1 - client->count);
    if (count <= 0) {
        close(client->descriptor);
        if (client->pending) client->closed = 1; else free(client);
        return;
    }
    client->count += count;
    client->input[client->count] = 0;
    char *end = strstr(client->input, "\r\n\r\n");
    char *length = end ? strcasestr(client->input, "content-length:") : NULL;
    if (!length || client->count < (size_t)(end + 4 - client->input) + strtoul(length + 15, NULL, 10)) return;
    char *path = strchr(client->input, '/');
    client->operation = path ? atoi(path + 1) % operations : 0;
    if (plans[client->operation].count) return dispatch(client);
    static const char fixed[] = "{\"data\":{\"__typename\":\"Query\"}}";
    reply(client, fixed, sizeof fixed - 1);
}

static void read_statements(const char *path) {
    FILE *file = fopen(path, "r");
    char *line = NULL;
    size_t space = 0;
    if (!file) fail(path);
    while (getline(&line, &space, file) > 0) {
        char *rest = strdup(line), *word = strsep(&rest, "\t");
        int operation = atoi(word) % operations;
        if (!rest || plans[operation].count == steps) continue;
        rest[strcspn(rest, "\n")] = 0;
        struct statement *statement = &plans[operation].statements[plans[operation].count++];
        statement->sql = strsep(&rest, "\t");
        while (rest && statement->count < parameters) {
            word = strsep(&rest, "\t");
            statement->varies[statement->count] = strstr(word, "@uuid") || strstr(word, "@code");
            statement->values[statement->count++] = strcmp(word, "\\N") ? word : NULL;
        }
    }
    free(line);
    fclose(file);
}

static void prepare(const char *conninfo) {
    for (int index = 0; index < connections; index++) {
        PGconn *connection = databases[index].connection = PQconnectdb(conninfo);
        if (PQstatus(connection) != CONNECTION_OK) fail(PQerrorMessage(connection));
        PQclear(PQexec(connection, "SET TimeZone TO 'UTC'"));
        for (int operation = 0; operation < operations; operation++)
            for (int step = 0; step < plans[operation].count; step++) {
                char name[24];
                snprintf(name, sizeof name, "s%d_%d", operation, step);
                PGresult *result = PQprepare(connection, name, plans[operation].statements[step].sql, 0, NULL);
                if (PQresultStatus(result) != PGRES_COMMAND_OK) fail(PQresultErrorMessage(result));
                PQclear(result);
            }
        PQsetnonblocking(connection, 1);
        if (!PQenterPipelineMode(connection)) fail("pipeline");
        struct epoll_event event = {.events = EPOLLIN, .data.u64 = index + 1};
        epoll_ctl(poller, EPOLL_CTL_ADD, PQsocket(connection), &event);
    }
}

int main(int count, char **arguments) {
    if (count != 4) return 64;
    srandom(getpid());
    poller = epoll_create1(0);
    read_statements(arguments[3]);
    prepare(arguments[2]);
    int listener = socket(AF_INET, SOCK_STREAM, 0), one = 1;
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(atoi(arguments[1])), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    if (bind(listener, (struct sockaddr *)&address, sizeof address) || listen(listener, 512)) fail("listen");
    struct epoll_event event = {.events = EPOLLIN, .data.u64 = 0};
    epoll_ctl(poller, EPOLL_CTL_ADD, listener, &event);
    for (;;) {
        struct epoll_event events[64];
        int ready = epoll_wait(poller, events, 64, -1);
        for (int index = 0; index < ready; index++) {
            unsigned long long data = events[index].data.u64;
            if (data == 0) {
                int descriptor = accept4(listener, NULL, NULL, SOCK_NONBLOCK);
                struct client *client = descriptor < 0 ? NULL : calloc(1, sizeof *client);
                if (!client) continue;
                client->descriptor = descriptor;
                setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
                struct epoll_event added = {.events = EPOLLIN, .data.ptr = client};
                epoll_ctl(poller, EPOLL_CTL_ADD, descriptor, &added);
            } else if (data <= connections) {
                on_database(&databases[data - 1]);
            } else {
                on_client(events[index].data.ptr);
            }
        }
    }
}
