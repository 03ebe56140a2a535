#ifndef CSYSTEM_H
#define CSYSTEM_H

// Linux calls that the Glibc module does not offer to Swift. Declarations only,
// and without _GNU_SOURCE: it would change types that the Glibc module defines too.
#include <malloc.h>
#include <sys/types.h>
#include <sys/socket.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <netinet/in.h>
#include <netinet/tcp.h>

extern int accept4(int, struct sockaddr *, socklen_t *, int);
extern int pipe2(int[2], int);
extern int renameat2(int, const char *, int, const char *, unsigned int);

#endif
