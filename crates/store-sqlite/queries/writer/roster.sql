SELECT node, epoch FROM lease WHERE n = 1
