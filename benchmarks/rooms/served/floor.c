/* The least that any server can do: the same bytes to every socket, in a loop.
   One round for each byte that a member of the first room sends, so that no socket is ever full: the
   kernel would join what waits there, and a round would cost less than its sends. */
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

int main(int count, char **words) {
  if (count < 4) return 2;
  int seats = atoi(words[2]), asking = atoi(words[3]), yes = 1;
  int server = socket(AF_INET, SOCK_STREAM, 0);
  struct sockaddr_in here = {.sin_family = AF_INET, .sin_port = htons(atoi(words[1]))};
  here.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  char frame[204], bytes[64];
  memset(frame, 'x', sizeof frame);
  memcpy(frame, "\x82\x7e\x00\xc8", 4);
  struct pollfd *members = calloc(seats, sizeof *members);
  if (!members || bind(server, (struct sockaddr *)&here, sizeof here) || listen(server, 4096)) return 1;
  for (int one = 0; one < seats; one++) {
    members[one] = (struct pollfd){.fd = accept(server, NULL, NULL), .events = POLLIN};
    setsockopt(members[one].fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
  }
  while (poll(members, asking, -1) > 0) {
    ssize_t asked = 0;
    for (int one = 0; one < asking; one++)
      if (members[one].revents) {
        ssize_t got = recv(members[one].fd, bytes, sizeof bytes, 0);
        if (got <= 0) return 0;
        asked += got;
      }
    for (; asked > 0; asked--)
      for (int one = 0; one < seats; one++)
        if (send(members[one].fd, frame, sizeof frame, MSG_NOSIGNAL) < 0) return 0;
  }
}
