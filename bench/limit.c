// The least that a broadcast server can do, as the physical limit to hold the others against: one thread, one epoll set,
// bare lines, no names, no checks. What arrives in one turn of the loop is joined, and every client gets it with one
// system call, without its own lines. A client that does not take all of it at once is closed: nothing is queued.
// Build: cc -O2 -o limit limit.c      Run: limit PORT
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

enum { MAX_CLIENTS = 65536, MAX_EVENTS = 1024, MAX_LINE = 4096, READ_BYTES = 65536 };

struct client {
  int fd;
  int place;         // index in `present`
  char *unfinished;  // the start of a line whose end has not arrived; allocated when first needed
  size_t unfinished_bytes;
  unsigned long turn;  // the last turn in which it said something, and where in `joined` that stands
  size_t from, to;
};

static struct client *by_fd[MAX_CLIENTS];
static struct client *present[MAX_CLIENTS];
static int present_count;
static char joined[(size_t)MAX_EVENTS * (READ_BYTES + MAX_LINE)];
static size_t joined_bytes;
static unsigned long turn = 1;

static void welcome_all(int listener, int epoll) {
  int fd, on = 1;
  while ((fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK)) >= 0) {
    struct client *client = fd < MAX_CLIENTS ? calloc(1, sizeof *client) : NULL;
    if (client == NULL) {
      close(fd);
      continue;
    }
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    client->fd = fd;
    client->place = present_count;
    by_fd[fd] = present[present_count++] = client;
    struct epoll_event event = {.events = EPOLLIN, .data.fd = fd};
    epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event);
  }
}

static void dismiss(struct client *client) {
  close(client->fd);
  by_fd[client->fd] = NULL;
  present[client->place] = present[--present_count];
  present[client->place]->place = client->place;
  free(client->unfinished);
  free(client);
}

// Reads once, and puts the whole lines of what it read into `joined`.
static void hear(struct client *client) {
  char *start = joined + joined_bytes;
  size_t before = client->unfinished_bytes;
  if (before > 0) memcpy(start, client->unfinished, before);
  ssize_t got = recv(client->fd, start + before, READ_BYTES, 0);
  if (got <= 0) {
    if (got == 0 || errno != EAGAIN) dismiss(client);
    return;
  }
  size_t bytes = before + (size_t)got;
  char *end = memrchr(start, '\n', bytes);
  size_t whole = end == NULL ? 0 : (size_t)(end - start) + 1;
  size_t rest = bytes - whole;
  if (rest > MAX_LINE) {
    dismiss(client);
    return;
  }
  if (rest > 0) {
    if (client->unfinished == NULL) client->unfinished = malloc(MAX_LINE);
    memcpy(client->unfinished, start + whole, rest);
  }
  client->unfinished_bytes = rest;
  if (whole == 0) return;
  client->turn = turn;
  client->from = joined_bytes;
  client->to = joined_bytes += whole;
}

// True if the client took everything.
static int tell(struct client *client) {
  if (client->turn != turn) return send(client->fd, joined, joined_bytes, MSG_NOSIGNAL) == (ssize_t)joined_bytes;
  struct iovec parts[2] = {{joined, client->from}, {joined + client->to, joined_bytes - client->to}};
  size_t bytes = parts[0].iov_len + parts[1].iov_len;
  struct msghdr message = {.msg_iov = parts, .msg_iovlen = 2};
  return bytes == 0 || sendmsg(client->fd, &message, MSG_NOSIGNAL) == (ssize_t)bytes;
}

int main(int argc, char **argv) {
  if (argc != 2) {
    fprintf(stderr, "usage: limit PORT\n");
    return 2;
  }
  struct rlimit files;
  getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max;
  setrlimit(RLIMIT_NOFILE, &files);
  int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), on = 1;
  setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((unsigned short)atoi(argv[1]))};
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (bind(listener, (struct sockaddr *)&address, sizeof address) != 0 || listen(listener, 4096) != 0) {
    perror("limit: cannot listen");
    return 1;
  }
  int epoll = epoll_create1(0);
  struct epoll_event events[MAX_EVENTS], listening = {.events = EPOLLIN, .data.fd = listener};
  epoll_ctl(epoll, EPOLL_CTL_ADD, listener, &listening);
  for (;; turn++) {
    int count = epoll_wait(epoll, events, MAX_EVENTS, -1);
    joined_bytes = 0;
    for (int i = 0; i < count; i++) {
      struct client *client = by_fd[events[i].data.fd];
      if (events[i].data.fd == listener) welcome_all(listener, epoll);
      else if (client != NULL) hear(client);
    }
    if (joined_bytes == 0) continue;
    for (int i = present_count - 1; i >= 0; i--) {
      if (!tell(present[i])) dismiss(present[i]);
    }
  }
}
