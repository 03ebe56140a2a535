/* The lower bound: an epoll server that answers a request with one prepared statement, whose result is the JSON, and knows no
   GraphQL. floor PORT CONNINFO STATEMENTS: a file with a line for each operation, "marker<TAB>sql"; the request whose body holds
   the marker is answered by the statement, or, where the sql is empty, by a fixed text. */
#define _GNU_SOURCE
#include <libpq-fe.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { connections = 8, operations = 16 };

struct client {
    int descriptor, operation, pending, closed;
    size_t count;
    struct client *next;
    char input[16384];
};

struct database {
    PGconn *connection;
    struct client *client;
};

static struct database databases[connections];
static struct { char marker[64]; char sql[4096]; } statements[operations];
static int statement_count, poller;
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

static void start(struct database *database, struct client *client) {
    char name[16];
    snprintf(name, sizeof name, "s%d", client->operation);
    database->client = client;
    if (!PQsendQueryPrepared(database->connection, name, 0, NULL, NULL, NULL, 0)) fail(PQerrorMessage(database->connection));
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

static void on_database(struct database *database) {
    if (!PQconsumeInput(database->connection)) fail("database");
    while (!PQisBusy(database->connection)) {
        PGresult *result = PQgetResult(database->connection);
        if (!result) {
            database->client = NULL;
            if (first_waiting) {
                struct client *client = first_waiting;
                first_waiting = client->next;
                if (!first_waiting) last_waiting = NULL;
                start(database, client);
            }
            return;
        }
        if (PQresultStatus(result) == PGRES_TUPLES_OK && PQntuples(result) == 1)
            reply(database->client, PQgetvalue(result, 0, 0), PQgetlength(result, 0, 0));
        else
            fail(PQresultErrorMessage(result));
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
    for (int index = 0; index < statement_count; index++)
        if (strstr(end, statements[index].marker)) {
            client->operation = index;
            if (statements[index].sql[0]) return dispatch(client);
            static const char fixed[] = "{\"data\":{\"__typename\":\"Query\"}}";
            return reply(client, fixed, sizeof fixed - 1);
        }
    fail("no statement for a request");
}

static void prepare(const char *conninfo, const char *path) {
    FILE *file = fopen(path, "r");
    char line[5000];
    if (!file) fail(path);
    while (statement_count < operations && fgets(line, sizeof line, file)) {
        char *tab = strchr(line, '\t');
        if (!tab) continue;
        *tab = 0;
        tab[1 + strcspn(tab + 1, "\n")] = 0;
        snprintf(statements[statement_count].marker, sizeof statements[0].marker, "%s", line);
        snprintf(statements[statement_count++].sql, sizeof statements[0].sql, "%s", tab + 1);
    }
    fclose(file);
    for (int index = 0; index < connections; index++) {
        PGconn *connection = databases[index].connection = PQconnectdb(conninfo);
        if (PQstatus(connection) != CONNECTION_OK) fail(PQerrorMessage(connection));
        PQclear(PQexec(connection, "SET TimeZone TO 'UTC'"));
        for (int number = 0; number < statement_count; number++) {
            char name[16];
            if (!statements[number].sql[0]) continue;
            snprintf(name, sizeof name, "s%d", number);
            PGresult *result = PQprepare(connection, name, statements[number].sql, 0, NULL);
            if (PQresultStatus(result) != PGRES_COMMAND_OK) fail(PQresultErrorMessage(result));
            PQclear(result);
        }
        PQsetnonblocking(connection, 1);
        struct epoll_event event = {.events = EPOLLIN, .data.u64 = index + 1};
        epoll_ctl(poller, EPOLL_CTL_ADD, PQsocket(connection), &event);
    }
}

int main(int count, char **arguments) {
    if (count != 4) return 64;
    poller = epoll_create1(0);
    prepare(arguments[2], arguments[3]);
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
